using System.Text;

namespace CloudNative.Shared.EventLog;

/// <summary>Numbers and texts in few bytes, as the columns of events.db hold them: integers in groups of seven bits (LEB128).</summary>
internal static class Compact
{
    public static void WriteNumber(List<byte> output, long value)
    {
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            output.Add((byte)(rest | 0x80));
            rest >>= 7;
        }

        output.Add((byte)rest);
    }

    public static void WriteText(List<byte> output, string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        WriteNumber(output, count);
        var bytes = count <= 256 ? stackalloc byte[count] : new byte[count];
        Encoding.UTF8.GetBytes(value, bytes);
        output.AddRange(bytes);
    }

    public static long ReadNumber(ref ReadOnlySpan<byte> input)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            if (input.IsEmpty)
            {
                throw EndsEarly();
            }

            var next = input[0];
            input = input[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }
    }

    public static string ReadText(ref ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(ReadBytes(ref input));

    public static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> input)
    {
        var count = ReadNumber(ref input);
        if (count < 0 || count > input.Length)
        {
            throw EndsEarly();
        }

        var bytes = input[..(int)count];
        input = input[(int)count..];
        return bytes;
    }

    private static InvalidDataException EndsEarly() => new("A stored value ends too early.");
}
