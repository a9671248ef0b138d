namespace Shop.Web.Panel;

/// <summary>What the storefront asked for since it started.</summary>
/// <param name="Last">The last ones, oldest first.</param>
/// <param name="Total">All of them.</param>
/// <param name="Failed">Those that failed in spite of repetition.</param>
public sealed record RequestSummary(IReadOnlyList<RequestMark> Last, long Total, long Failed);
