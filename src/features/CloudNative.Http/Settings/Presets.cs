namespace CloudNative.Http.Settings;

/// <summary>The values of the presets.</summary>
internal static class Presets
{
    public static void Apply(ClientPreset preset, ServiceClientOptions options)
    {
        switch (preset)
        {
            case ClientPreset.Interactive:
                options.Timeout = TimeSpan.FromSeconds(5);
                options.AttemptTimeout = TimeSpan.FromSeconds(1);
                options.ConnectTimeout = TimeSpan.FromSeconds(1);
                options.WaitForEndpoint = TimeSpan.FromSeconds(2);
                options.Retry.MaxAttempts = 3;
                options.Retry.Delay = TimeSpan.FromMilliseconds(25);
                options.Retry.MaxDelay = TimeSpan.FromMilliseconds(250);
                break;
            case ClientPreset.Batch:
                options.Timeout = TimeSpan.FromMinutes(5);
                options.AttemptTimeout = TimeSpan.FromMinutes(1);
                options.ConnectTimeout = TimeSpan.FromSeconds(5);
                options.WaitForEndpoint = TimeSpan.FromMinutes(1);
                options.Retry.MaxAttempts = 5;
                options.Retry.Delay = TimeSpan.FromMilliseconds(500);
                options.Retry.MaxDelay = TimeSpan.FromSeconds(30);
                break;
            case ClientPreset.Conservative:
                options.Timeout = TimeSpan.FromSeconds(30);
                options.AttemptTimeout = TimeSpan.FromSeconds(30);
                options.Retry.MaxAttempts = 1;
                break;
        }
    }
}
