namespace CloudNative.TestSupport.Otlp;

/// <summary>One span, metric or log record as it arrived.</summary>
/// <param name="Scope">The instrumentation scope: source, meter or log category.</param>
/// <param name="Name">The span's or metric's name, or the log's text.</param>
/// <param name="Id">The span's id; empty for others.</param>
/// <param name="TraceId">The trace's id; empty for metrics.</param>
/// <param name="Kind">The span's kind (2 server, 3 client); 0 for others.</param>
/// <param name="Attributes">Its attributes that are strings or whole numbers.</param>
/// <param name="Resource">The attributes of the resource it came with.</param>
internal sealed record OtlpRecord(
    string Scope,
    string Name,
    string Id,
    string TraceId,
    int Kind,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyDictionary<string, string> Resource);
