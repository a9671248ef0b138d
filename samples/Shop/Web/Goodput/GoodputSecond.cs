namespace Shop.Web.Goodput;

/// <summary>What came of the calls that ended in one second.</summary>
/// <param name="Good">Good answers.</param>
/// <param name="Failed">Calls that failed, after all attempts.</param>
public readonly record struct GoodputSecond(int Good, int Failed);
