namespace CloudNative.Eventing.CloudEvents;

/// <summary>The members of an event that are no extensions.</summary>
[Flags]
internal enum AttributeSet
{
    None = 0,
    SpecVersion = 1,
    Id = 2,
    Source = 4,
    Type = 8,
    Subject = 16,
    Time = 32,
    DataContentType = 64,
    DataSchema = 128,
    PartitionKey = 256,
    TraceParent = 512,
    TraceState = 1024,
    Data = 2048,
    DataBase64 = 4096,
}
