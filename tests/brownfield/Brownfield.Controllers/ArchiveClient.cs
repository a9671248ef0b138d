using System.Net.Http.Headers;

namespace Brownfield.Controllers;

/// <summary>Passes scans on to the archive as they come in, without holding them in memory.</summary>
public sealed class ArchiveClient(HttpClient http)
{
    public async Task<string> StoreAsync(Stream scan, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(scan);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await http.PostAsync(new Uri("scans", UriKind.Relative), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
