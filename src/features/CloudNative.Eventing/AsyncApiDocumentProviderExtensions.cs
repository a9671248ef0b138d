using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudNative.Eventing;

/// <summary>Gives the AsyncAPI document as text.</summary>
public static class AsyncApiDocumentProviderExtensions
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes the document as indented JSON with a newline at its end: the same text on every system, to keep beside
    /// the code and compare.
    /// </summary>
    /// <param name="documents">What makes the document.</param>
    /// <returns>The text.</returns>
    public static string GetDocumentText(this IAsyncApiDocumentProvider documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            documents.GetDocument().WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }
}
