using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Web;

/// <summary>Ordering, but how far its orders are is what the test says.</summary>
internal sealed class StagedOrdering(HttpMessageHandler inner, OrderStage stage) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/orders/changes")
        {
            return stage.Changes.Open(request);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            foreach (var order in body!["items"]?.AsArray().Select(item => item!.AsObject()) ?? [body])
            {
                stage.Orders.TryAdd(order["id"]!.GetValue<Guid>(), true);
                order["status"] = stage.Status;
            }

            answer.Content = JsonContent.Create(body);
        }

        return answer;
    }
}
