using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>What the writer needs from outside.</summary>
/// <param name="Directory">Where the log lies.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Metrics">The instruments.</param>
/// <param name="Written">Called after each commit; true when others should look, with the rows that were written.</param>
internal sealed record WriterContext(
    DataDirectory Directory, TimeProvider TimeProvider, EmbeddedMetrics Metrics, Action<bool, int> Written);
