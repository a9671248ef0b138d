using System.Text;

namespace CloudNative.Eventing.Tests.CloudEvents;

/// <summary>Makes valid events of every shape.</summary>
internal sealed class RandomEvents(Random random)
{
    private static readonly Rune[] Odd =
    [
        new('ä'), new('€'), new(0x1F6D2), new('"'), new('\\'), new('%'), new(' '), new('<'), new(0x10FFFD), new(0x2028), new(0xFFFD),
        new(0xA0),
    ];

    private static readonly string[] Json =
        ["null", "true", "-1.5e300", "\"a\"", "[]", "{}", """{"a":[{"b":"\u00e4 ä 🛒"}],"a":1}""", "[[[[ 1 , 2 ]]]]", "\"\\ud800\""];

    private static readonly string?[] Types = [null, "application/json", "text/plain;charset=utf-8", "application/x-bytes"];

    private static readonly long[] Edges =
        [DateTimeOffset.MinValue.Ticks, DateTimeOffset.UnixEpoch.Ticks, DateTimeOffset.MaxValue.Ticks, DateTimeOffset.UnixEpoch.Ticks - 1];

    public EventEnvelope Next()
    {
        var kind = random.Next(4);
        return new EventEnvelope
        {
            Id = Text(),
            Source = random.Next(2) == 0 ? $"/services/a{random.Next()}" : $"https://a.example:{random.Next(65536)}/%E4?b=c#d",
            Type = Text(),
            Subject = Maybe(Text),
            Time = random.Next(3) == 0 ? null : Time(),
            DataContentType = Types[kind],
            DataSchema = Maybe(() => $"urn:schema:{random.Next()}"),
            Key = Maybe(Text),
            TraceParent = Maybe(() => "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            TraceState = Maybe(() => "a=b,c=d"),
            Extensions = random.Next(2) == 0 ? null : Extensions(),
            Data = kind switch
            {
                0 or 1 => Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]),
                2 => Encoding.UTF8.GetBytes(Text() + "\0\r\n\uffff"),
                _ => Bytes(),
            },
        };
    }

    private string? Maybe(Func<string> text) => random.Next(2) == 0 ? null : text();

    private string Text()
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 30); i > 0; i--)
        {
            _ = random.Next(3) == 0
                ? text.Append(Odd[random.Next(Odd.Length)].ToString())
                : text.Append((char)random.Next('!', '~' + 1));
        }

        return text.ToString();
    }

    private DateTimeOffset Time()
    {
        var ticks = random.Next(3) == 0 ? Edges[random.Next(Edges.Length)] : random.NextInt64(DateTimeOffset.MaxValue.Ticks);
        var offset = TimeSpan.FromMinutes(random.Next(-840, 841));
        var utc = ticks - offset.Ticks;
        return utc < 0 || utc > DateTimeOffset.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : new(ticks, offset);
    }

    private Dictionary<string, object> Extensions()
    {
        var extensions = new Dictionary<string, object>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            extensions[$"x{random.Next(20)}"] = random.Next(3) switch
            {
                0 => random.Next(int.MinValue, int.MaxValue),
                1 => random.Next(2) == 0,
                _ => Text(),
            };
        }

        return extensions;
    }

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(1, 50)];
        random.NextBytes(bytes);
        return bytes;
    }
}
