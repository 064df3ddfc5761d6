npx mock-oauth fault add token:refresh_token drop after        # all is done, and the connection is reset
npx mock-oauth fault add token:refresh_token hold count=5      # five refreshes wait, and then race
npx mock-oauth fault add api rateLimit retryAfter=30s          # 429 until 30 s of the mock's time are over
npx mock-oauth fault add token replace 'fields.expires_in="3600"'
npx mock-oauth rotation mekari grace:30                        # the spent token works 30 s longer
npx mock-oauth explain                                         # what was done, what was sent, what to do about it
