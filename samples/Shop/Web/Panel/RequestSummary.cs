namespace Shop.Web.Panel;

/// <summary>What the storefront asked for since it started.</summary>
/// <param name="Last">The last attempts, oldest first.</param>
/// <param name="Total">All calls.</param>
/// <param name="Failed">Calls that failed in spite of repetition: what a visitor saw.</param>
/// <param name="FailedAttempts">Attempts that failed, most of them repeated elsewhere without anybody seeing it.</param>
public sealed record RequestSummary(IReadOnlyList<RequestMark> Last, long Total, long Failed, long FailedAttempts);
