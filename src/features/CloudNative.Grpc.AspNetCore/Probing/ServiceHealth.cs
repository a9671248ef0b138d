using Grpc.Core;
using Grpc.Health.V1;
using HealthService = Grpc.Health.V1.Health;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace CloudNative.Grpc.AspNetCore.Probing;

/// <summary>The health service as https://github.com/grpc/grpc/blob/master/doc/health-checking.md describes it.</summary>
internal sealed class ServiceHealth(HealthAnswers answers) : HealthService.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        answers.TryFind(request.Service, out var probe)
            ? await answers.AskAsync(probe.Value, context.CancellationToken).ConfigureAwait(false)
            : throw new RpcException(new global::Grpc.Core.Status(StatusCode.NotFound, "No such service is mapped here."));

    /// <summary>
    /// Tells the state and each change of it. A stream would keep the service from stopping, so it ends when that begins.
    /// </summary>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, answers.Stopping);
        if (!answers.TryFind(request.Service, out var probe))
        {
            // As the specification has it, since the service may be mapped by a later version; here it never is.
            await responseStream.WriteAsync(new HealthCheckResponse { Status = Status.ServiceUnknown }).ConfigureAwait(false);
            await new TaskCompletionSource().Task.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            await TellAsync(probe.Value, responseStream, context.CancellationToken, ending.Token).ConfigureAwait(false);
        }

        if (answers.Stopping.IsCancellationRequested)
        {
            throw new RpcException(new global::Grpc.Core.Status(StatusCode.Unavailable, "The service is stopping."));
        }
    }

    private async Task TellAsync(
        Health.HealthProbe probe,
        IServerStreamWriter<HealthCheckResponse> stream,
        CancellationToken client,
        CancellationToken ending)
    {
        Status? told = null;
        while (!client.IsCancellationRequested)
        {
            // The wait begins before the look, so that no change falls between them.
            var change = answers.WaitForChangeAsync(ending);
            var answer = await answers.AskAsync(probe, client).ConfigureAwait(false);
            if (answer.Status != told)
            {
                told = answer.Status;
                await stream.WriteAsync(answer, client).ConfigureAwait(false);
            }

            if (ending.IsCancellationRequested)
            {
                return;
            }

            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
