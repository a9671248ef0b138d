using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// The attributes of an event that have no column of their own, in one value. What a later version adds has a tag of its own, a length
/// and so many bytes; this version leaves it out.
/// </summary>
internal static class Attributes
{
    private const byte Subject = 1;
    private const byte Time = 2;
    private const byte DataContentType = 3;
    private const byte DataSchema = 4;
    private const byte TraceParent = 5;
    private const byte TraceState = 6;
    private const byte TextExtension = 7;
    private const byte TrueExtension = 8;
    private const byte FalseExtension = 9;
    private const byte NumberExtension = 10;

    public static byte[]? Write(EventEnvelope envelope)
    {
        var output = new List<byte>(64);
        WriteText(output, Subject, envelope.Subject);
        if (envelope.Time is { } time)
        {
            output.Add(Time);
            Compact.WriteNumber(output, time.Ticks);
            Compact.WriteNumber(output, time.TotalOffsetMinutes);
        }

        WriteText(output, DataContentType, envelope.DataContentType);
        WriteText(output, DataSchema, envelope.DataSchema);
        WriteText(output, TraceParent, envelope.TraceParent);
        WriteText(output, TraceState, envelope.TraceState);
        if (envelope.Extensions is { } extensions)
        {
            foreach (var (name, value) in extensions)
            {
                WriteExtension(output, name, value);
            }
        }

        return output.Count == 0 ? null : [.. output];
    }

    /// <summary>
    /// Reads an event. A value that is damaged gives an event with what could be read, and says so in <paramref name="flaw"/>.
    /// </summary>
    public static EventEnvelope Read(
        string source, string id, string type, string? key, ReadOnlySpan<byte> attributes, ReadOnlyMemory<byte> data, out string? flaw)
    {
        flaw = null;
        string? subject = null, dataContentType = null, dataSchema = null, traceParent = null, traceState = null;
        DateTimeOffset? time = null;
        Dictionary<string, object>? extensions = null;
        try
        {
            while (!attributes.IsEmpty)
            {
                var tag = attributes[0];
                attributes = attributes[1..];
                switch (tag)
                {
                    case Subject: subject = Compact.ReadText(ref attributes); break;
                    case Time: time = ReadTime(ref attributes); break;
                    case DataContentType: dataContentType = Compact.ReadText(ref attributes); break;
                    case DataSchema: dataSchema = Compact.ReadText(ref attributes); break;
                    case TraceParent: traceParent = Compact.ReadText(ref attributes); break;
                    case TraceState: traceState = Compact.ReadText(ref attributes); break;
                    case TextExtension or TrueExtension or FalseExtension or NumberExtension:
                        ReadExtension(tag, ref attributes, extensions ??= new(StringComparer.Ordinal));
                        break;
                    default: Compact.ReadBytes(ref attributes); break;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            flaw = $"The attributes of the event are damaged in the store: {exception.Message}";
        }

        return new EventEnvelope
        {
            Id = id,
            Source = source,
            Type = type,
            Subject = subject,
            Time = time,
            DataContentType = dataContentType,
            DataSchema = dataSchema,
            Key = key,
            TraceParent = traceParent,
            TraceState = traceState,
            Extensions = extensions,
            Data = data,
        };
    }

    private static void WriteText(List<byte> output, byte tag, string? value)
    {
        if (value is not null)
        {
            output.Add(tag);
            Compact.WriteText(output, value);
        }
    }

    private static void WriteExtension(List<byte> output, string name, object value)
    {
        output.Add(value switch
        {
            string => TextExtension,
            true => TrueExtension,
            false => FalseExtension,
            int => NumberExtension,
            _ => throw new ArgumentException($"Extension '{name}' is a {value.GetType().Name}; it can be a string, bool or int."),
        });
        Compact.WriteText(output, name);
        if (value is string text)
        {
            Compact.WriteText(output, text);
        }
        else if (value is int number)
        {
            Compact.WriteNumber(output, number);
        }
    }

    private static void ReadExtension(byte tag, ref ReadOnlySpan<byte> input, Dictionary<string, object> extensions)
    {
        var name = Compact.ReadText(ref input);
        extensions[name] = tag switch
        {
            TextExtension => Compact.ReadText(ref input),
            TrueExtension => true,
            FalseExtension => false,
            _ => (int)Compact.ReadNumber(ref input),
        };
    }

    private static DateTimeOffset ReadTime(ref ReadOnlySpan<byte> input)
    {
        var ticks = Compact.ReadNumber(ref input);
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(Compact.ReadNumber(ref input)));
    }
}
