using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CloudNative.PackageTests.Templates;

/// <summary>
/// A gRPC call by hand: a message is a byte that says whether it is compressed, its length in four bytes, and its fields.
/// </summary>
internal static class GrpcCall
{
    /// <summary>Sends one short text as field 1 and returns the text in field 1 of the answer.</summary>
    public static async Task<string> AskAsync(Uri address, string method, string text)
    {
        byte[] field = [0x0A, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)field.Length, .. field]),
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.True(answer.Length > 7, $"{method}: {response.StatusCode} {response.Headers} {response.TrailingHeaders}");
        return Encoding.ASCII.GetString(answer, 7, answer[6]);
    }
}
