namespace Shop.Web.Goodput;

/// <summary>What came of the load that the panel sends.</summary>
/// <param name="Asked">Calls a second that it begins.</param>
/// <param name="SecondsLeft">How long it goes on; 0 when it is off.</param>
/// <param name="Seconds">The last minute, oldest first, without the second that runs.</param>
/// <param name="Good">Good answers a second, of the last three.</param>
/// <param name="Failed">Failed calls a second, of the last three.</param>
/// <param name="Median">Milliseconds that a good answer of the last ten seconds took; <see langword="null"/> without any.</param>
/// <param name="Percentile99">The same, of which one in a hundred took longer.</param>
public sealed record GoodputSummary(
    int Asked, int SecondsLeft, IReadOnlyList<GoodputSecond> Seconds, double Good, double Failed, double? Median, double? Percentile99);
