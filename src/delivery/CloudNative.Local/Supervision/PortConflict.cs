using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>A fixed port is in use and the app's file allows no other.</summary>
internal static class PortConflict
{
    public static LocalAppException Exception(string service, string name, int port) => new(LocalAppExitCodes.Conflict,
        $"{ErrorIds.PortInUse} '{service}' wants port {port}, which is in use. "
        + "End the process that holds it, or allow another port: "
        + $"'{name}: {{ port: {port}, fallback: true }}'.");
}
