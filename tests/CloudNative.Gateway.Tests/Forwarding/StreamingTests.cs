using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using CloudNative.Gateway.Tests.Labs;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Gateway.Tests.Forwarding;

public sealed class StreamingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forward_ServerSentEvents_EachArrivesBeforeTheNextIsSent()
    {
        using var turn = new SemaphoreSlim(0);
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 5; i++)
            {
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
                await turn.WaitAsync(context.RequestAborted);
            }
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        using var answer = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"data: {i}", await reader.ReadLineAsync(Token));
            Assert.Equal("", await reader.ReadLineAsync(Token));
            turn.Release();
        }

        Assert.Null(await reader.ReadLineAsync(Token));
    }

    [Fact]
    public async Task Forward_WebSocket_EchoesBothWays()
    {
        await using var backend = await Backend.StartAsync(EchoWebSocketAsync);
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new UriBuilder(lab.Address) { Scheme = "ws", Path = "/talk" }.Uri, Token);
        for (var i = 0; i < 10; i++)
        {
            var message = Encoding.UTF8.GetBytes(new string((char)('a' + i), 5000));
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, Token);

            Assert.Equal(message, await ReceiveAsync(socket));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Forward_UploadAboveTheServersLimit_PassesWhereTheRouteAllowsIt()
    {
        const int Size = 40_000_000;
        await using var backend = await Backend.StartAsync(async context =>
        {
            var buffer = new byte[1 << 16];
            var total = 0L;
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                total += read;
            }

            await context.Response.WriteAsync($"{total}");
        });
        await using var lab = await GatewayLab.StartAsync(new(GatewayLab.ToCatalog)
        {
            ["CloudNative:Gateway:Routes:all:MaxRequestBodySize"] = "-1",
        });
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/upload", new StreamContent(new MemoryStream(new byte[Size])), Token);

        Assert.Equal($"{Size}", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Forward_ExpectContinue_BodyIsSentAfterTheServiceAsksForIt()
    {
        var askedBeforeBody = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(async context =>
        {
            askedBeforeBody.TrySetResult(context.Request.Headers.Expect);
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, lab.Address.Port, Token);
        var stream = socket.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);

        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), Token);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Token));
        Assert.Equal("100-continue", await askedBeforeBody.Task.WaitAsync(Token));
        await stream.WriteAsync("body"u8.ToArray(), Token);
        await reader.ReadLineAsync(Token);

        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(Token));
    }

    [Fact]
    public async Task Forward_ClientGoesAway_TheServiceIsTold()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => told.TrySetResult());
            started.TrySetResult();
            await told.Task;
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var request = client.GetAsync("/slow", leaving.Token);
        await started.Task.WaitAsync(Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    private static async Task EchoWebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
                return;
            }

            await socket.SendAsync(
                buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer, Token);
            message.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return message.ToArray();
    }
}
