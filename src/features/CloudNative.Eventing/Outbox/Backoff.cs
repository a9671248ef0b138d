namespace CloudNative.Eventing.Outbox;

/// <summary>How long to pause before trying again.</summary>
internal static class Backoff
{
    private const int MostDoublings = 20;

    /// <summary>
    /// Between half of and all of a pause that doubles with each failure: many processes do not come back at once, and none at once.
    /// </summary>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(failures - 1, 0, MostDoublings));
        var pause = doubled < longest ? doubled : longest;
#pragma warning disable CA5394 // Spreads load; nothing is secret about it.
        return pause * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
