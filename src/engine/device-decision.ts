import type { DeviceRequest } from '../store/store.ts'
import { startDeviceGrant } from './grant.ts'
import type { Decision, Visit } from './visit.ts'

/** Carries out what a person decided for a device that waits. False when somebody has decided before. */
export async function decideForDevice(
  visit: Visit,
  device: DeviceRequest,
  { decision, userId, scope = device.scope, signedInAt }: Decision & { userId: string },
): Promise<boolean> {
  const decided = decision === 'approve' ? 'approved' : 'denied'
  if (!(await visit.world.store.decideDevice(device.deviceCode, decided))) return false
  if (decided === 'approved') {
    await startDeviceGrant(visit, device, { userId, scope, ...(signedInAt === undefined ? {} : { signedInAt }) })
  }
  return true
}
