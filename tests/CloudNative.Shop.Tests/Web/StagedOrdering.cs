using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Web;

/// <summary>Ordering, but how far its orders are is what the test says.</summary>
internal sealed class StagedOrdering(HttpMessageHandler inner, Func<string> status) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            foreach (var order in body!["items"]?.AsArray().Select(item => item!.AsObject()) ?? [body])
            {
                order["status"] = status();
            }

            answer.Content = JsonContent.Create(body);
        }

        return answer;
    }
}
