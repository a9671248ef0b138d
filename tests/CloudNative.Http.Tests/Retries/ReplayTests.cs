using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Retries;

public sealed class ReplayTests
{
    public static TheoryData<string> Replayable => ["bytes", "text", "json", "form", "memory", "seekable", "multipart", "none"];

    public static TheoryData<string> Unrepeatable => ["unseekable", "unknown", "multipart with unseekable"];

    [Theory]
    [MemberData(nameof(Replayable))]
    public async Task Put_BodyCanBeSentAgain_ArrivesWholeBothTimes(string kind)
    {
        var bodies = await SendAsync(kind);

        Assert.Equal(2, bodies.Length);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.True(kind == "none" || bodies[0].Length > 0);
    }

    [Theory]
    [MemberData(nameof(Unrepeatable))]
    public async Task Put_BodyCannotBeSentAgain_IsSentOnce(string kind) => Assert.Single(await SendAsync(kind));

    private static async Task<string[]> SendAsync(string kind)
    {
        var bodies = new ConcurrentQueue<string>();
        await using var server = await TestServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue(await reader.ReadToEndAsync());
            context.Response.StatusCode = bodies.Count == 1 ? 503 : 200;
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        using var answer = await lab.Client().PutAsync("http://catalog/", Content(kind), TestContext.Current.CancellationToken);

        return [.. bodies];
    }

    private static HttpContent? Content(string kind) => kind switch
    {
        "bytes" => new ByteArrayContent([65, 66]),
        "text" => new StringContent("text"),
        "json" => JsonContent.Create(new { Name = "n" }),
        "form" => new FormUrlEncodedContent([new("a", "b")]),
        "memory" => new ReadOnlyMemoryContent(new byte[] { 67 }),
        "seekable" => new StreamContent(new MemoryStream("seek"u8.ToArray())),
        "multipart" => new MultipartFormDataContent("b") { { new StringContent("part"), "name" } },
        "none" => null,
        "unseekable" => new StreamContent(new Unseekable("once")),
        "multipart with unseekable" => new MultipartContent("mixed", "b") { new StreamContent(new Unseekable("once")) },
        _ => new Unknown(),
    };

    private sealed class Unseekable(string text) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public override bool CanSeek => false;
    }

    private sealed class Unknown() : ByteArrayContent([1, 2, 3]);
}
