namespace CloudNative.Leases;

/// <summary>What <see cref="ILeaseProvider.TryAcquireAsync"/> takes, whoever provides it.</summary>
internal static class LeaseLimits
{
    private const int LongestName = 200;

    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    public static void ThrowIfOutside(string name, TimeSpan duration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, LongestName, nameof(name));
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, _shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, _longest);
    }
}
