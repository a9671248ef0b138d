using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>An event on its way into the log, prepared by its publisher so that the writer has little left to do.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Envelope">The event.</param>
/// <param name="Attributes">Its attributes without columns.</param>
/// <param name="Identity">What makes it the same as another, see <see cref="EventIdentity"/>.</param>
/// <param name="Delay">How long nobody may see it, in milliseconds.</param>
internal readonly record struct NewEvent(string Topic, EventEnvelope Envelope, byte[]? Attributes, byte[] Identity, long Delay);
