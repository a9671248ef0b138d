using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// What failed with an event: the first attempt and the last nine, each cut so that all fit into one frame.
/// </summary>
internal static class History
{
    private const int Last = 9;
    private const int LongestDetail = 2_000;
    private const int LongestEarlierDetail = 200;

    public static IReadOnlyList<DeliveryFailure> Add(IReadOnlyList<DeliveryFailure> failures, DeliveryFailure failure)
    {
        var all = failures.Select(earlier => Cut(earlier, LongestEarlierDetail)).Append(Cut(failure, LongestDetail)).ToList();
        return all.Count <= Last + 1 ? all : [all[0], .. all[^Last..]];
    }

    private static DeliveryFailure Cut(DeliveryFailure failure, int longest) =>
        failure.Detail.Length <= longest ? failure : failure with { Detail = failure.Detail[..longest] };
}
