-- SPDX-License-Identifier: Apache-2.0
-- With sessions_max = 2 a third session is refused, until one ends.
dofile(PRELUDE)
scenario(function()
	local first, second = open(), open()
	local third = mt.connect(SOCKET, 40, 0.05)
	if negotiate(third, 6, ALL_ACTIONS, ALL_STEPS) == nil then
		fail("a third session was served")
	end
	mt.disconnect(first)
	mt.sleep(0.3)
	local fourth = open()
	usual_mail(fourth)
	mt.disconnect(fourth)
	mt.disconnect(second)
end)
