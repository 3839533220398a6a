/**
 * The store's operations as Redis runs them, each on one key, so that a cluster can have them. The clock is Redis's own: the
 * servers of an app need not agree on the time.
 */

/**
 * KEYS key; ARGV limit, the window's length, its step's (milliseconds). Gives taken, used, frees. What is counted is a hash from
 * steps to how many were taken in each: see sliding-window.ts, which this says again for Redis.
 */
export const TAKE = `
local limit, length, step = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local current = math.floor(now / step)
local used, oldest = 0, nil
local counts = redis.call('HGETALL', KEYS[1])
for i = 1, #counts, 2 do
  local at = tonumber(counts[i])
  if (at + 1) * step + length <= now then
    redis.call('HDEL', KEYS[1], counts[i])
  else
    used = used + counts[i + 1]
    if oldest == nil or at < oldest then oldest = at end
  end
end
local taken = 0
if used < limit then
  taken, used = 1, used + 1
  redis.call('HINCRBY', KEYS[1], string.format('%.0f', current), 1)
  redis.call('PEXPIRE', KEYS[1], length + step)
end
return { taken, used, ((oldest or current) + 1) * step + length - now }
`;

/** KEYS key; ARGV value, milliseconds. Gives what is there, nothing if the value was added. */
export const ADD = `
local there = redis.call('GET', KEYS[1])
if there then return there end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false
`;

/** KEYS key; ARGV before, milliseconds, after if there is one. Gives 1 if `before` was there. */
export const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] then redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2]) else redis.call('DEL', KEYS[1]) end
return 1
`;
