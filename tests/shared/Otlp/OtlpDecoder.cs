using System.Globalization;

namespace CloudNative.TestSupport.Otlp;

/// <summary>
/// Looks into export requests (opentelemetry-proto 1.x). The three have one shape: resource entries (1) hold a resource (1) and scope
/// entries (2), which hold a scope (1) and the records (2).
/// </summary>
internal static class OtlpDecoder
{
    public delegate OtlpRecord Decode(ReadOnlySpan<byte> record, string scope, IReadOnlyDictionary<string, string> resource);

    public static List<OtlpRecord> Read(ReadOnlySpan<byte> request, Decode decode)
    {
        var records = new List<OtlpRecord>();
        var reader = new ProtoReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                ReadResourceEntry(reader.Bytes, decode, records);
            }
        }

        return records;
    }

    public static OtlpRecord Span(ReadOnlySpan<byte> bytes, string scope, IReadOnlyDictionary<string, string> resource)
    {
        string name = "", id = "", trace = "";
        var kind = 0;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: trace = Convert.ToHexStringLower(reader.Bytes); break;
                case 2: id = Convert.ToHexStringLower(reader.Bytes); break;
                case 5: name = reader.Text; break;
                case 6: kind = (int)reader.Number; break;
                default: break;
            }
        }

        return new OtlpRecord(scope, name, id, trace, kind, Attributes(bytes, 9), resource);
    }

    public static OtlpRecord Metric(ReadOnlySpan<byte> bytes, string scope, IReadOnlyDictionary<string, string> resource)
    {
        var name = "";
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            name = reader.Field == 1 ? reader.Text : name;
        }

        return new OtlpRecord(scope, name, "", "", 0, new Dictionary<string, string>(), resource);
    }

    public static OtlpRecord Log(ReadOnlySpan<byte> bytes, string scope, IReadOnlyDictionary<string, string> resource)
    {
        string body = "", trace = "";
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5: body = Value(reader.Bytes); break;
                case 9: trace = Convert.ToHexStringLower(reader.Bytes); break;
                default: break;
            }
        }

        return new OtlpRecord(scope, body, "", trace, 0, Attributes(bytes, 6), resource);
    }

    private static void ReadResourceEntry(ReadOnlySpan<byte> entry, Decode decode, List<OtlpRecord> records)
    {
        var resource = new Dictionary<string, string>();
        var reader = new ProtoReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                resource = Attributes(reader.Bytes, 1);
            }
        }

        reader = new ProtoReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                ReadScopeEntry(reader.Bytes, decode, resource, records);
            }
        }
    }

    private static void ReadScopeEntry(
        ReadOnlySpan<byte> entry, Decode decode, Dictionary<string, string> resource, List<OtlpRecord> records)
    {
        var scope = "";
        var reader = new ProtoReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var inner = new ProtoReader(reader.Bytes);
                while (inner.Next())
                {
                    scope = inner.Field == 1 ? inner.Text : scope;
                }
            }
            else if (reader.Field == 2)
            {
                records.Add(decode(reader.Bytes, scope, resource));
            }
        }
    }

    private static Dictionary<string, string> Attributes(ReadOnlySpan<byte> message, int field)
    {
        var attributes = new Dictionary<string, string>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                continue;
            }

            string key = "", value = "";
            var pair = new ProtoReader(reader.Bytes);
            while (pair.Next())
            {
                switch (pair.Field)
                {
                    case 1: key = pair.Text; break;
                    case 2: value = Value(pair.Bytes); break;
                    default: break;
                }
            }

            attributes[key] = value;
        }

        return attributes;
    }

    private static string Value(ReadOnlySpan<byte> any)
    {
        var reader = new ProtoReader(any);
        return !reader.Next() ? ""
            : reader.Field == 1 ? reader.Text
            : ((long)reader.Number).ToString(CultureInfo.InvariantCulture);
    }
}
