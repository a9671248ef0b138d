using CloudNative.Deadlines;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.Deadlines;

/// <summary>Recognises answers that last for as long as somebody listens.</summary>
internal static class EndlessAnswer
{
    public static bool Is(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
        || HttpMethods.IsConnect(context.Request.Method)
        || EndlessMedia.Is(context.Response.ContentType);
}
