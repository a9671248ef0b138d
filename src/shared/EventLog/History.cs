using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>The failed attempts of an event in one value: the first and the last nine.</summary>
internal static class History
{
    private const int Longest = 10;
    private const int LongestDetail = 2000;

    public static byte[] Append(ReadOnlySpan<byte> history, DeliveryFailure failure)
    {
        var failures = Read(history);
        failures.Add(failure);
        if (failures.Count > Longest)
        {
            failures.RemoveAt(1);
        }

        var output = new List<byte>();
        foreach (var one in failures)
        {
            Compact.WriteNumber(output, (long)one.Reason);
            Compact.WriteText(output, one.Detail.Length > LongestDetail ? one.Detail[..LongestDetail] : one.Detail);
            Compact.WriteNumber(output, one.At.UtcTicks);
            Compact.WriteNumber(output, one.Attempt);
        }

        return [.. output];
    }

    public static List<DeliveryFailure> Read(ReadOnlySpan<byte> history)
    {
        var failures = new List<DeliveryFailure>();
        while (!history.IsEmpty)
        {
            var reason = (DeadLetterReason)Compact.ReadNumber(ref history);
            var detail = Compact.ReadText(ref history);
            var at = new DateTimeOffset(Compact.ReadNumber(ref history), TimeSpan.Zero);
            failures.Add(new DeliveryFailure(reason, detail, at, (int)Compact.ReadNumber(ref history)));
        }

        return failures;
    }
}
