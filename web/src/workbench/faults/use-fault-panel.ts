import type { FaultPanel } from '#sandbox/control/workbench-shapes.ts'
import { useWeb } from '../../api/query.ts'

export function useFaultPanel() {
  return useWeb<FaultPanel>('workbench/faults', ['faults'])
}
