namespace CloudNative.Eventing.CloudEvents;

/// <summary>The names that have a property of their own in the envelope; no extension may have one of them.</summary>
internal static class CloudEventAttributes
{
    public const string SpecVersion = "specversion";
    public const string SupportedVersion = "1.0";
    public const string Id = "id";
    public const string Source = "source";
    public const string Type = "type";
    public const string Subject = "subject";
    public const string Time = "time";
    public const string DataContentType = "datacontenttype";
    public const string DataSchema = "dataschema";
    public const string PartitionKey = "partitionkey";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";
    public const string Data = "data";
    public const string DataBase64 = "data_base64";

    public static string NameOf(AttributeSet attribute) => attribute switch
    {
        AttributeSet.SpecVersion => SpecVersion,
        AttributeSet.Id => Id,
        AttributeSet.Source => Source,
        AttributeSet.Type => Type,
        AttributeSet.Subject => Subject,
        AttributeSet.Time => Time,
        AttributeSet.DataContentType => DataContentType,
        AttributeSet.DataSchema => DataSchema,
        AttributeSet.PartitionKey => PartitionKey,
        AttributeSet.TraceParent => TraceParent,
        AttributeSet.TraceState => TraceState,
        AttributeSet.Data => Data,
        _ => DataBase64,
    };

    public static bool IsReserved(string name) => name is SpecVersion or Id or Source or Type or Subject or Time
        or DataContentType or DataSchema or PartitionKey or TraceParent or TraceState or Data;
}
