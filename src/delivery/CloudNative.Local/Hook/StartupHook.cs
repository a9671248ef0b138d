using CloudNative.Local.Hook;

/// <summary>
/// The runtime looks for a class of this name outside of any namespace in each assembly that DOTNET_STARTUP_HOOKS
/// names.
/// </summary>
internal static class StartupHook
{
    /// <summary>Called once before Main.</summary>
    public static void Initialize() => ChildHook.Run();
}
