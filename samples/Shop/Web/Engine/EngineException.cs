namespace Shop.Web.Engine;

/// <summary>The engine cannot be asked, or refused; the message is for people.</summary>
internal sealed class EngineException(string message, Exception? inner = null) : Exception(message, inner);
