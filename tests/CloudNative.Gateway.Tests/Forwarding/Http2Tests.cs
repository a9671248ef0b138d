using System.Net;
using CloudNative.Gateway.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudNative.Gateway.Tests.Forwarding;

public sealed class Http2Tests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string?> Http2ToCatalog { get; } = new(GatewayLab.ToCatalog)
    {
        ["CloudNative:Gateway:Routes:all:Http2"] = "true",
    };

    /// <summary>What a gRPC call is on the wire: HTTP/2 end to end, a body, and the status in the trailers.</summary>
    [Fact]
    public async Task Forward_GrpcLikeCall_CarriesHttp2AndTrailers()
    {
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                context.Response.ContentType = "application/grpc";
                context.Response.Headers["Seen-Protocol"] = context.Request.Protocol;
                context.Response.Headers["Seen-TE"] = context.Request.Headers.TE;
                await context.Response.Body.WriteAsync(body.ToArray());
                context.Response.AppendTrailer("grpc-status", "5");
                context.Response.AppendTrailer("grpc-message", "not here");
            },
            HttpProtocols.Http2);
        await using var lab = await GatewayLab.StartAsync(Http2ToCatalog);
        await lab.KnowAsync(backend.Address);
        using var client = lab.Http2Client();

        using var answer = await client.SendAsync(GrpcRequest([0, 0, 0, 0, 2, 8, 1]), Token);
        var body = await answer.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("HTTP/2", answer.Headers.GetValues("Seen-Protocol").Single());
        Assert.Equal("trailers", answer.Headers.GetValues("Seen-TE").Single());
        Assert.Equal([0, 0, 0, 0, 2, 8, 1], body);
        Assert.Equal("5", answer.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("not here", answer.TrailingHeaders.GetValues("grpc-message").Single());
    }

    [Fact]
    public async Task Forward_GrpcLikeCallWithoutInstance_StatusWithoutBody()
    {
        await using var lab = await GatewayLab.StartAsync(new(Http2ToCatalog)
        {
            ["CloudNative:Clients:gateway:WaitForEndpoint"] = "00:00:00",
        });
        using var dead = new DeadPort();
        await lab.KnowAsync(dead.Address);
        using var client = lab.Http2Client();

        using var answer = await client.SendAsync(GrpcRequest([0, 0, 0, 0, 0]), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    private static HttpRequestMessage GrpcRequest(byte[] message)
    {
        var content = new ByteArrayContent(message);
        content.Headers.ContentType = new("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, "/greet.Greeter/SayHello")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new("trailers"));
        return request;
    }
}
