using System.Text.Json.Nodes;
using CloudNative.Configuration;

namespace CloudNative.Eventing;

/// <summary>
/// Describes the events that this service handles and publishes, in the form of AsyncAPI 3.0
/// (https://www.asyncapi.com/docs/reference/specification/v3.0.0). Thread-safe; a singleton. Replace it to change the
/// document: call the one that was there and edit what it gives.
/// </summary>
public interface IAsyncApiDocumentProvider
{
    /// <summary>
    /// Makes the document: of the handlers that are mapped by now, and of the types that the code is seen to publish.
    /// Nothing is connected. The same service gives the same document, in the same order.
    /// </summary>
    /// <returns>A new document, the caller's to change.</returns>
    /// <exception cref="CloudNativeConfigurationException">
    /// Types of events have no name or no JSON metadata, or a handler cannot be called; lists them all.
    /// </exception>
    JsonObject GetDocument();
}
