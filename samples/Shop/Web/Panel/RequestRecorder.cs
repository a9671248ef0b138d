using System.Globalization;

namespace Shop.Web.Panel;

/// <summary>Notes each attempt and who answered it. The pipeline repeats outside of this handler, so a call may make several.</summary>
internal sealed class RequestRecorder(RequestLog log, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Note(request, answer, (int)answer.StatusCode >= 500, begun);
            return answer;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Note(request, answer: null, failed: true, begun);
            throw;
        }
    }

    private void Note(HttpRequestMessage request, HttpResponseMessage? answer, bool failed, long begun)
    {
        var by = answer?.Headers.TryGetValues("Served-By", out var names) == true ? names.FirstOrDefault() : null;
        var milliseconds = (int)Math.Min(int.MaxValue, time.GetElapsedTime(begun).TotalMilliseconds);
        log.Add(new RequestMark(request.RequestUri!.Host.ToLower(CultureInfo.InvariantCulture), by, failed, milliseconds));
    }
}
