import { useLocation } from 'wouter'
import { DevicePage } from './device-page.tsx'
import { LoginPage } from './login-page.tsx'

/** `/login`: somebody signs in to an application. `/device`: somebody confirms a scanned registration. */
export default function Page() {
  const [path] = useLocation()
  return path.startsWith('/device') ? <DevicePage /> : <LoginPage />
}
