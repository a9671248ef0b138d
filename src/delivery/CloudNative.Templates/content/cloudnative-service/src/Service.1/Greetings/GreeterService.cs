using CloudNative;
using Grpc.Core;

namespace Service._1.Greetings;

/// <summary>The gRPC API of this service.</summary>
internal sealed class GreeterService(ServiceInfo service) : Greeter.GreeterBase
{
    public override Task<GreetReply> Greet(GreetRequest request, ServerCallContext context) =>
        Task.FromResult(new GreetReply { Text = $"Hello, {request.Name}!", Instance = service.InstanceId });
}
