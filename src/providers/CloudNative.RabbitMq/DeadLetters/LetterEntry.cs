using System.Globalization;
using CloudNative.RabbitMq.Messages;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>An entry of the stream as the ledger needs it.</summary>
/// <param name="Offset">Its place.</param>
/// <param name="Identity">Tells it from another that has its place in a stream that was made anew.</param>
internal sealed record LetterEntry(long Offset, (string? Id, DateTimeOffset When) Identity)
{
    /// <summary>Its number, as dead letters are known by.</summary>
    public long Number => Offset + 1;

    /// <summary>Whether it is a dead letter.</summary>
    public bool IsLetter { get; private init; }

    /// <summary>What is done; <see langword="null"/> when it is a dead letter, or nothing of ours.</summary>
    public LetterAct? Act { get; private init; }

    /// <summary>With which letters.</summary>
    public IReadOnlyList<long> Letters { get; private init; } = [];

    /// <summary>When, by the clock of who did it.</summary>
    public DateTimeOffset When => Identity.When;

    /// <summary>Of a claim: until when it holds.</summary>
    public DateTimeOffset Until { get; private init; }

    /// <summary>Of an edit: who.</summary>
    public string By { get; private init; } = string.Empty;

    /// <summary>Tells one act from all others.</summary>
    public string? Token => Identity.Id;

    public static LetterEntry Of(StreamRecord record)
    {
        var properties = record.Properties;
        var identity = (
            properties.IsMessageIdPresent() ? properties.MessageId : null,
            MessageReader.Ticks(properties, HeaderNames.When) ?? default);
        var act = MessageReader.Header(properties, HeaderNames.Act);
        return new LetterEntry(record.Offset, identity)
        {
            IsLetter = act is null && LetterOf(properties) is not null,
            Act = Enum.TryParse<LetterAct>(act, out var known) ? known : null,
            Letters = ReadNumbers(MessageReader.Header(properties, HeaderNames.Letters)),
            Until = MessageReader.Ticks(properties, HeaderNames.Until) ?? default,
            By = MessageReader.Header(properties, HeaderNames.By) ?? string.Empty,
        };
    }

    /// <summary>The topic and the group of a dead letter; <see langword="null"/> when it is none.</summary>
    public static (string Topic, string Group)? LetterOf(IReadOnlyBasicProperties properties) =>
        MessageReader.Header(properties, HeaderNames.Act) is null
        && MessageReader.Header(properties, HeaderNames.Topic) is { } topic
        && MessageReader.Header(properties, HeaderNames.Group) is { } group
            ? (topic, group)
            : null;

    /// <summary>The properties of an act.</summary>
    public static BasicProperties Write(
        LetterAct act, string token, IEnumerable<long> letters, DateTimeOffset now, DateTimeOffset? until = null, string? by = null)
    {
        var headers = new Dictionary<string, object?>
        {
            [HeaderNames.Act] = act.ToString(),
            [HeaderNames.Letters] = string.Join(',', letters.Select(id => id.ToString(CultureInfo.InvariantCulture))),
            [HeaderNames.When] = now.UtcTicks,
        };
        if (until is { } end)
        {
            headers[HeaderNames.Until] = end.UtcTicks;
        }

        if (by is not null)
        {
            headers[HeaderNames.By] = by;
        }

        return new BasicProperties { Persistent = true, MessageId = token, Headers = headers };
    }

    private static List<long> ReadNumbers(string? text)
    {
        var numbers = new List<long>();
        foreach (var part in text?.Split(',') ?? [])
        {
            if (long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }
}
