namespace CloudNative.Shared.EventLog;

/// <summary>
/// The positions of a share before its head that are not done: distances from one to the next, counted down from the head.
/// </summary>
internal static class OpenPositions
{
    /// <summary>Null when there are none. <paramref name="positions"/> are in falling order.</summary>
    public static byte[]? Write(long head, IEnumerable<long> positions)
    {
        var output = new List<byte>();
        foreach (var position in positions)
        {
            Compact.WriteNumber(output, head - position);
            head = position;
        }

        return output.Count == 0 ? null : [.. output];
    }

    /// <summary>The positions in falling order.</summary>
    public static List<long> Read(long head, ReadOnlySpan<byte> input)
    {
        var positions = new List<long>();
        while (!input.IsEmpty)
        {
            head -= Compact.ReadNumber(ref input);
            positions.Add(head);
        }

        return positions;
    }
}
