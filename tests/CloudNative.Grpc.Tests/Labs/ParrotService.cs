using Grpc.Core;

namespace CloudNative.Grpc.Tests.Labs;

internal sealed class ParrotService(ParrotScript script) : Parrot.ParrotBase
{
    public override Task<Words> Say(Words request, ServerCallContext context) => AnswerAsync(request, context);

    public override Task<Words> Forget(Words request, ServerCallContext context) => AnswerAsync(request, context);

    public override Task<Words> Learn(Words request, ServerCallContext context) => AnswerAsync(request, context);

    public override async Task Repeat(Words request, IServerStreamWriter<Words> responseStream, ServerCallContext context)
    {
        script.Note(request.Text, context);
        await script.Before(context);
        await responseStream.WriteAsync(new Words { Text = $"{script.Name}: {request.Text}" });
        await script.AfterFirst(context);
        await responseStream.WriteAsync(new Words { Text = $"{script.Name}: {request.Text} again" });
    }

    public override async Task<Words> Listen(IAsyncStreamReader<Words> requestStream, ServerCallContext context)
    {
        var heard = new List<string>();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            heard.Add(requestStream.Current.Text);
        }

        script.Note(string.Join(' ', heard), context);
        await script.Before(context);
        return new Words { Text = $"{script.Name}: {string.Join(' ', heard)}" };
    }

    private async Task<Words> AnswerAsync(Words request, ServerCallContext context)
    {
        script.Note(request.Text, context);
        await script.Before(context);
        return new Words { Text = $"{script.Name}: {request.Text}" };
    }
}
