namespace CloudNative.Discovery.Balancing;

/// <summary>
/// An instance that is new or back takes a tenth of its share at first and all of it at the end of the window, in ten
/// steps: its caches are cold, its code is not compiled, its connections are not open.
/// </summary>
internal static class SlowStart
{
    public const int Steps = 10;

    public static double Weight(ServiceInstance instance) => Math.Max(1, instance.Weight);

    /// <summary>What part of its weight an instance should carry now.</summary>
    public static double Factor(Member member, BalancingSettings? settings, TimeProvider time, long now)
    {
        if (settings is null || settings.SlowStart <= TimeSpan.Zero || member.FreshSince == long.MinValue)
        {
            return 1;
        }

        var age = time.GetElapsedTime(member.FreshSince, now) / settings.SlowStart;
        return age >= 1 ? 1 : (Math.Floor(Math.Max(0, age) * Steps) + 1) / Steps;
    }

    /// <summary>How long a factor holds.</summary>
    public static TimeSpan Step(BalancingSettings settings) => settings.SlowStart / Steps;
}
