using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>Answers requests, whichever way they come.</summary>
internal sealed class ApiServer(ObjectStorage store, KubernetesFaults faults, TimeProvider time)
{
    private readonly ReadDesk _reads = new(store);
    private readonly WriteDesk _writes = new(store);

    public WatchDesk Watches { get; } = new(store, faults, time);

    public AccessControl Access { get; } = new();

    public RequestLog Log { get; } = new(time);

    public async Task<ApiResponse> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var path = ApiPath.Parse(request.Path);
        var verb = VerbOf(request, path);
        if (faults.Refuses || faults.Hangs)
        {
            Log.Add(verb, path?.Plural ?? string.Empty, request.Target, 0);
            return faults.Refuses
                ? throw new ConnectionRefusedException()
                : await HangAsync(cancellationToken).ConfigureAwait(false);
        }

        if (faults.Delay is var delay && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }

        var response = Answer(request, path, verb);
        Log.Add(verb, path?.Plural ?? string.Empty, request.Target, response.Status);
        return response;
    }

    private static async Task<ApiResponse> HangAsync(CancellationToken cancellationToken)
    {
        var forever = new TaskCompletionSource<ApiResponse>();
        return await forever.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
    private static string VerbOf(ApiRequest request, ApiPath? path) => request.Method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ when path?.Name is not null => "get",
        _ => request.IsSet("watch") ? "watch" : "list",
    };

    private ApiResponse Answer(ApiRequest request, ApiPath? path, string verb)
    {
        try
        {
            if (faults.Answer is { } status)
            {
                throw new ApiProblem(
                    (int)status, status.ToString(), "the server is currently unable to handle the request");
            }

            // What is no path of a known kind is answered before anybody asks who it is, and not as a Status.
            if (path is null || store.FindKind(path.Group, path.Version, path.Plural) is not { } kind)
            {
                return new ApiResponse(404, "404 page not found\n"u8.ToArray()) { ContentType = "text/plain" };
            }

            Access.Check(request, verb, kind, path);
            return verb switch
            {
                "get" => Document(200, _reads.Get(kind, path)),
                "list" => new ApiResponse(200, _reads.List(kind, path, request)),
                "watch" => Watch(kind, path, request),
                "create" => Document(201, _writes.Create(kind, path, Body(request))),
                "update" => Document(200, _writes.Replace(kind, path, Body(request))),
                "patch" => Document(200, _writes.Patch(kind, path, request, Body(request))),
                _ => Document(200, _writes.Delete(kind, path)),
            };
        }
        catch (ApiProblem problem)
        {
            return Document(problem.Code, problem.ToStatus());
        }
    }

    private static ApiResponse Document(int status, JsonObject json) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(json, JsonText.TypeInfo));

    private static JsonObject Body(ApiRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Body) as JsonObject ?? throw ApiProblem.BadRequest("the body is no object");
        }
        catch (JsonException exception)
        {
            throw ApiProblem.BadRequest(exception.Message);
        }
    }

    private ApiResponse Watch(StoredKind kind, ApiPath path, ApiRequest request)
    {
        var selector = new Selector(request.Ask("labelSelector"), request.Ask("fieldSelector"));
        return new ApiResponse(200, []) { Feed = Watches.Open(kind, path.Namespace, selector, request) };
    }
}
