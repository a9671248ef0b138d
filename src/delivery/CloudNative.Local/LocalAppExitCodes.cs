namespace CloudNative.Local;

/// <summary>What <see cref="LocalApp.RunAsync"/> returns.</summary>
public static class LocalAppExitCodes
{
    /// <summary>The app ran until it was asked to stop.</summary>
    public const int Success = 0;

    /// <summary>The build failed, a service kept dying, or something else that no other code names.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the app's file is wrong.</summary>
    public const int InvalidInput = 3;

    /// <summary>A fixed port is in use and the app's file allows no other.</summary>
    public const int Conflict = 6;

    /// <summary>A service did not get ready in time.</summary>
    public const int Timeout = 7;

    /// <summary>Stopped before everything was ready, or killed by a second Ctrl-C.</summary>
    public const int Cancelled = 130;
}
