using System.Diagnostics.CodeAnalysis;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The store cannot do what was asked. Registry and leases hand its message on in the exceptions of their
/// contracts.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the package; the contracts have exceptions of their own.")]
internal sealed class EmbeddedStoreException(string id, string message, Exception? innerException = null)
    : LogFailure($"{id} {message}", innerException)
{
    public string Id { get; } = id;
}
