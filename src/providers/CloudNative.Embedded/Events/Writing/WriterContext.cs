using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>What the writer needs from outside.</summary>
/// <param name="Directory">Where the log lies.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Metrics">The instruments.</param>
/// <param name="Written">Called after each commit; true when others should look, with the rows that were written.</param>
internal sealed record WriterContext(
    DataDirectory Directory, TimeProvider TimeProvider, EmbeddedMetrics Metrics, Action<bool, int> Written)
{
    private readonly string _path = Path.Combine(Directory.Path, EventSchema.FileName);

    /// <summary>Throws when the file was taken away: what is written into an open file without a name is lost.</summary>
    public void EnsureThere()
    {
        if (!File.Exists(_path))
        {
            throw new EmbeddedStoreException(
                ErrorIds.StoreGone, $"'{_path}' was taken away while it was in use. It is made again by itself; events in it are lost.");
        }
    }
}
