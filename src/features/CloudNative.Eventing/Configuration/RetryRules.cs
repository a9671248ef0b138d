using System.Globalization;
using CloudNative.Configuration;

namespace CloudNative.Eventing.Configuration;

/// <summary>The limits of <see cref="EventRetryOptions"/>, in configuration and in code.</summary>
internal static class RetryRules
{
    public static void Check(string key, EventRetryOptions retry, ConfigurationProblems problems)
    {
        var longest = TimeSpan.FromDays(7);
        problems.RequireRange(ErrorIds.InvalidOption, $"{key}:Immediate", retry.Immediate, 0, 10);
        problems.RequireRange(ErrorIds.InvalidOption, $"{key}:Delayed", retry.Delayed, 0, 1_000);
        problems.RequireRange(
            ErrorIds.InvalidOption, $"{key}:BaseDelay", retry.BaseDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        if (!(retry.Factor is >= 1 and <= 100))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:Factor",
                retry.Factor.ToString(CultureInfo.InvariantCulture),
                "1 to 100",
                "Set it within these limits, or remove it for the default.");
        }

        if (retry.MaxDelay < retry.BaseDelay || retry.MaxDelay > longest)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:MaxDelay",
                $"{retry.MaxDelay}",
                $"{key}:BaseDelay ({retry.BaseDelay}) to {longest}",
                "Raise it, or lower the base.");
        }
    }
}
