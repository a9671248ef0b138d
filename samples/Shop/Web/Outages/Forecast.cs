using System.Globalization;

namespace Shop.Web.Outages;

/// <summary>What can be said of a service that gives no answer.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Reason">What is known of its instances, for people.</param>
/// <param name="RetryAfterSeconds">When to try again.</param>
public sealed record Forecast(string Service, string Reason, int RetryAfterSeconds)
{
    /// <summary>The same as a header.</summary>
    public string RetryAfter => RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
}
